#include "reports/import/operations/standard_rows.hpp"

namespace revenant::reports {

// A row is OPERATION WORD OWNER. The first row that fits a function decides; `none` says that it is no
// operation on a count.
//
// WORD   is spelled in small letters with underscores, whatever the function's own spelling: `AddRef` and
//        `addRef` are `add_ref`. Alternatives stand between `|`. Of a C function it is the end of the name,
//        and what stands before it is its owner: `job_unref` is the `unref` of `job`. A constructor that
//        copies is `copy_constructor`, and `~` is any destructor.
// OWNER  any      whatever it is, also nothing
//        counts   its name says that it counts references (ref, shared, arc, …), or the report has it take
//                 references in one place and drop them in another
//        frees    counts, or the function itself frees the memory, or is itself where freed memory is used
//        smart    a smart pointer that counts, by its name
//        word     the owner's name ends with this word: `mutex` fits SharedMutex
//        =Name    the owner's whole name, or the name of the Rust type or trait
//        c:…      a C function, with an owner as above
const std::string_view standard_rows = R"(
# Other people's things, whatever their members are called.
none          *  mutex|semaphore|lock|guard|latch|barrier|permit|=unique_ptr|=auto_ptr|=scoped_ptr
none          *  =QScopedPointer|=unique_lock
none          *  =Box|=RefCell|=RefMut|=Vec|=VecDeque|=HashMap|=HashSet|=BTreeMap|=String|=Option
none          *  =Result|=Cell|=Mutex|=RwLock
none  deref|deref_mut|as_ref|as_mut|borrow     =Deref|=DerefMut|=AsRef|=AsMut|=Borrow|=Pin
none  ref|cref                                 =std|=boost|as|make|to|is|has|into|by|const|rvalue|back
none          release  pool|allocator|arena|memory|resource|region|button|mouse|key|touch|exception
none          release  timer|table|list|map|array|vector|queue|transaction|player|token|lease
# What is looked through, and what stands for something else, is dereferenced.
none          deref  iterator|iter|cursor|span|view|slice|symlink|symbol|value|path|=Pointer
# A C function whose name ends in a noun: who looks for a reference takes none.
none          ref|reference  check|find|lookup|parse|print|resolve|read|write|show|format|cmp|c:git
none          ref|reference  build|load|save|update|delete|free|create|validate|verify|process|handle
none          ref|reference  decode|encode|emit|set|next|prev|first|last|each|for|scan|visit|walk|num
none          ref|reference  compare|init|setup|max|min|cross|self|cell|row|col
none          reset|put|get|hold|retain|drop|clone|copy|share|acquire  pool|allocator|arena|memory
none          reset|put|get|hold|retain|drop|clone|copy|share|acquire  resource|region|buffer|cache
none          reset|put|get|hold|retain|drop|clone|copy|share|acquire  map|list|set|array|vector
none          reset|put|get|hold|retain|drop|clone|copy|share|acquire  queue|stack|table|index|file
none          reset|put|get|hold|retain|drop|clone|copy|share|acquire  stream|socket|timer|window
none          reset|put|get|hold|retain|drop|clone|copy|share|acquire  shape|image
none  release|reset|clone|drop|put               =detail|=internal|=impl|=util|=std
none  release_memory|release_pages|release_sock|lock_sock_release  c:any
# A thread begins with it, and it begins nothing.
none  clone|clone3|start_thread                c:any

# A registry, a cache, an intern table.
intern        intern|get_or_create|get_or_insert|find_or_create|find_or_insert|lookup_or_create  any
intern        intern_or_insert|get_or_intern|find_or_add|get_or_add|lookup_or_insert  any
intern        get_or_insert_with  any

# libstdc++ and libc++
release       m_release|m_release_last_use|m_release_last_use_cold|m_release_orig|m_dispose  any
release       release_shared|on_zero_shared  any
release_weak  m_weak_release|release_weak|on_zero_shared_weak|m_destroy  any
clone         m_add_ref_copy|add_shared        any
upgrade       m_add_ref_lock|m_add_ref_lock_nothrow  any
downgrade     m_weak_add_ref|add_weak          any
release       ~                                =__shared_count|=shared_count|=__shared_weak_count
release_weak  ~                                =__weak_count|=weak_count
clone         copy_constructor                 =__shared_count|=shared_count
upgrade       lock                             =weak_ptr|=__weak_ptr|=QWeakPointer|=WeakPtr

# Rust
release       drop|drop_slow|drop_in_place|drop_glue  =Arc|=Rc
release_weak  drop|drop_in_place|drop_glue     =Weak
clone         clone                            =Arc|=Rc
upgrade       upgrade                          =Weak
downgrade     downgrade                        =Arc|=Rc
none          drop|drop_in_place|drop_glue|clone  =Drop|=Clone
none          drop_in_place|drop_glue          any

# Android
clone         inc_strong|inc_strong_requires_must_exist  any
release       dec_strong                       any
upgrade       attempt_inc_strong|promote       =RefBase|=wp|=weakref_type|=weakref_impl
downgrade     inc_weak                         any
release_weak  dec_weak                         any
release       ~|clear                          =sp
release_weak  ~                                =wp
clone         copy_constructor                 =sp
assign        operator=                        =sp|=wp

# Objective-C, Swift, Core Foundation, Python, GLib, FFmpeg, boost
release       objc_release|swift_release|swift_unknown_object_release|cf_release|g_object_unref  any
release       g_clear_object|g_rc_box_release|g_rc_box_release_full  any
release       g_atomic_rc_box_release|g_atomic_rc_box_release_full  any
clone         g_rc_box_acquire|g_atomic_rc_box_acquire  any
release       py_clear|subtype_dealloc         any
release       av_buffer_unref|py_decref|py_xdecref|py_dec_ref|py_dealloc  any
release       intrusive_ptr_release  any
clone         objc_retain|swift_retain|swift_unknown_object_retain|cf_retain|g_object_ref  any
clone         av_buffer_ref|py_incref|py_xincref|py_inc_ref|py_newref|intrusive_ptr_add_ref  any
upgrade       swift_weak_load_strong|objc_load_weak_retained|objc_load_weak  any
assign        objc_store_strong                any
release       release                          =NSObject

release       swift_release_dealloc|swift_release_n|objc_release_n|objc_release_x0|objc_release_x8  any

# Linux
upgrade       inc_not_zero|inc_unless_zero|get_unless_zero|get_not_dead|add_not_zero|tryget  any
release       dec_and_test|sub_and_test|dec_and_lock|dec_and_mutex_lock|kfree_skb|consume_skb  c:any
release       kfree_skb_reason|fput|dput|iput|mntput|put_device|put_task_struct|put_pid  c:any
release       put_cred|put_page|folio_put|sk_free|of_node_put|dev_put|sock_put|bio_put  c:any
release       css_put|free_uid|dst_release|neigh_release|nf_ct_put|nf_conntrack_put  c:any
release       bpf_prog_put|bpf_map_put|mmput|mmdrop|put_net|l2cap_chan_put|hci_conn_put|hci_dev_put  c:any
release       sctp_association_put|fib_info_put|in_dev_put|in6_dev_put|module_put|tty_kref_put  c:any
release       usb_put_dev|pci_dev_put|drm_gem_object_put|dma_fence_put|dma_buf_put  c:any
release       xfrm_state_put|xfrm_pol_put|scsi_device_put|blk_put_queue  c:any
clone         skb_get|get_file|dget|ihold|igrab|mntget|get_device|get_task_struct|get_pid  c:any
clone         get_cred|get_page|folio_get|of_node_get|dev_hold|sock_hold|bio_get|css_get  c:any
clone         get_uid|dst_hold|bpf_prog_inc|bpf_map_inc|get_net|l2cap_chan_hold|hci_conn_get  c:any
clone         hci_dev_hold|usb_get_dev|pci_dev_get|drm_gem_object_get|dma_fence_get|in_dev_hold  c:any
clone         xfrm_state_hold|xfrm_pol_hold|mmget|mmgrab  c:any
release       refcount_dec|kref_put|kobject_put  c:any
clone         refcount_inc|refcount_add|kref_get|kobject_get  c:any

# Weak references, before the words that are a part of theirs.
release_weak  release_weak|weak_deref|weak_unref|weak_release|weak_decref|weak_dec_ref  any
release_weak  weak_drop|deref_weak|unref_weak  any
downgrade     weak_ref|weak_add_ref|weak_incref|weak_retain|downgrade_ref  any
release_weak  ~|reset  =weak_ptr|=__weak_ptr|=QWeakPointer|=WeakPtr|=weak_ref|=WeakRef
upgrade       lock|upgrade                     weak
upgrade       try_ref|try_retain|try_upgrade|ref_unless_zero|try_add_ref|add_ref_if_not_zero  any
upgrade       ref_if_non_zero|add_ref_if_non_zero|try_acquire|to_strong_ref|lock_strong  counts
upgrade       ref_if_non_zero|increment_if_non_zero  any
upgrade       ref_if_not_zero|retain_if_not_zero|try_acquire_ref|try_inc_ref  any
upgrade       upgrade                          counts
downgrade     downgrade                        counts

# Names that mean a reference whoever they belong to.
release       deref|unref|decref|dec_ref|unreference|release_ref|drop_ref|put_ref|ref_put  any
release       ref_dec|sub_ref|deref_base|release_reference|remove_ref|deref_and_destroy  any
release       down_ref|ref_down|rel_ref|return_ref|lose_ref  any
release       decrement_refcount|dec_refcount|drop_refcount|strong_deref|strong_unref|strong_release  any
release       decrement_strong_count|dec_strong_count|internal_release|deref_if_not_null  any
release       release_ref_count|unref_and_destroy|unref_impl|unref_slow|deref_slow|ref_count_dec  any
clone         add_ref_impl|add_ref_with_check_impl|increment_refcount|inc_refcount|strong_ref  any
clone         increment_strong_count|internal_add_ref|ref_if_not_null|retain_ref|ref_count_inc  any
release       decrement_ref|decrement_ref_count|dec_ref_count|unref_internal|delref|del_ref  any
clone         addref|add_ref|incref|inc_ref|take_ref|ref_get|ref_inc|upref|acquire_ref  any
clone         increment_ref|increment_ref_count|inc_ref_count|add_reference|newref|new_ref  any
clone         ref_base  any
clone         get_ref                          c:any
clone         ref|reference                    any

# Smart pointers.
assign        operator=|swap                   smart
assign        assign|assign_to_itself          counts
release       ~|reset|clear                    smart
clone         copy_constructor|clone           smart

# Words that many things answer to.
release       release|release_internal|release_impl  frees
clone         retain|clone|increment|share     counts
release       drop|reset|decrement             counts
clone         get|hold|grab                    c:counts
release       put                              counts
clone         acquire                          counts

# revenant's own scenarios, where they are called otherwise.
assign        exchange                         =PlainHandle|=LockedHandle|=AtomicHandle
clone         copy                             =PlainHandle|=LockedHandle|=AtomicHandle
clone         copied|copied_by_stale_pointer   =SplitCountHandle
assign        assign                           =SplitCountHandle
release       drop                             =SplitCountHandle

# A use of what is held, where nothing counts.
read          read                             any
write         write                            any
)";

}  // namespace revenant::reports
